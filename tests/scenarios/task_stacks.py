# A task's stack shows the lines its coroutines stand at.
import asyncio
import sys


async def inner():
    await asyncio.Event().wait()


async def outer():
    await inner()


async def fails():
    raise ValueError('no')


async def main():
    waits, fell = asyncio.create_task(outer(), name='waits'), asyncio.create_task(fails(), name='fell')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for task in waits, fell:
        task.print_stack(file=sys.stdout)
        print([frame.f_code.co_name for frame in task.get_stack()])
    waits.cancel(), fell.exception()

asyncio.run(main())

# expect: Stack for <Task pending name='waits' coro=<outer() running at task_stacks.py:11> wait_for=<Future pending cb=[Task.task_wakeup()]>> (most recent call last):
# expect:   File "task_stacks.py", line 11, in outer
# expect:     await inner()
# expect: ['outer']
# expect: Traceback for <Task finished name='fell' coro=<fails() done, defined at task_stacks.py:14> exception=ValueError('no')> (most recent call last):
# expect:   File "task_stacks.py", line 15, in fails
# expect:     raise ValueError('no')
# expect: ValueError: no
# expect: ['fails']
