// 1,000 async functions that give the turn away 300 times each.
async function worker() {
  for (let i = 0; i < 300; i++) await null;
}
Promise.all(Array.from({ length: 1000 }, worker));
