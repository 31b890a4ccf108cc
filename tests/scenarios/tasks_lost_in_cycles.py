# A pending task of a closed loop that nothing but its future knows: the collector closes its
# coroutine first, so its `finally` runs and it is shown as done.
import asyncio
import gc


async def sleeper(n):
    try:
        await asyncio.sleep(n)
    finally:
        print("finally", n)


async def main():
    asyncio.create_task(sleeper(10), name="lost")
    await asyncio.sleep(0.1)


def run():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    loop.close()


run()
gc.collect()
print("collected")
print("end")

# expect: finally 10
# expect: Task was destroyed but it is pending!
# expect: task: <Task pending name='lost' coro=<sleeper() done, defined at tasks_lost_in_cycles.py:7> wait_for=<Future pending cb=[Task.task_wakeup()]>>
# expect: collected
# expect: end
