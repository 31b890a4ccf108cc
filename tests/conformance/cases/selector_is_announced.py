# Debug logging shows what asyncio itself says; a long argument of a callback is cut in its message.
import asyncio
import logging

logging.basicConfig(level=logging.DEBUG, format='%(name)s %(levelname)s %(message)s')


def complain(text):
    raise ValueError(text)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(complain, 'a text that is far too long to be shown in full')
    server = await asyncio.start_server(lambda reader, writer: writer.close(), '127.0.0.1', 8888)
    print(server)
    reader, writer = await asyncio.open_connection('127.0.0.1', 8888)
    print(writer.get_extra_info('socket'))
    print(await reader.read())
    writer.close()
    server.close()
    try:
        asyncio.current_task().nothing
    except AttributeError as error:
        print(error)
    try:
        asyncio.Task.all_tasks
    except AttributeError as error:
        print(error)


asyncio.run(main())
