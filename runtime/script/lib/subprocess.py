raise ImportError("the simulated machine starts no processes: use asyncio.to_thread() or concurrent.futures for work beside the loop", name='subprocess')
