# A restaurant: waiters, cooks, a queue of orders, a lock, timeouts and sleeps, 1,000 evenings of it.
import asyncio
import random


async def cook(orders, served, oven):
    while True:
        table, dish = await orders.get()
        async with oven:
            await asyncio.sleep(0.05 + random.random() / 10)
        served.setdefault(table, []).append(dish)
        orders.task_done()


async def guest(table, orders):
    await asyncio.sleep(random.random())
    menu = ["soup", "fish", "cake"]
    for dish in random.sample(menu, 2):
        await orders.put((table, dish))
    try:
        async with asyncio.timeout(0.2):
            await asyncio.sleep(random.random() / 2)
            return "left in time"
    except TimeoutError:
        return "stayed"


async def evening():
    orders, served, oven = asyncio.Queue(4), {}, asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        cooks = [group.create_task(cook(orders, served, oven)) for _ in range(3)]
        answers = await asyncio.gather(*[guest(table, orders) for table in range(12)])
        await orders.join()
        for task in cooks:
            task.cancel()
    return answers.count("stayed"), sum(len(dishes) for dishes in served.values())


async def main():
    random.seed(1)
    totals = [0, 0]
    for _ in range(1000):
        stayed, dishes = await evening()
        totals[0] += stayed
        totals[1] += dishes
    print(totals)


asyncio.run(main())
