-- 1,000 coroutines that give the turn away 300 times each.
local workers = {}
for i = 1, 1000 do
  workers[i] = coroutine.create(function()
    for _ = 1, 300 do coroutine.yield() end
  end)
end
for _ = 1, 301 do
  for i = 1, 1000 do coroutine.resume(workers[i]) end
end
