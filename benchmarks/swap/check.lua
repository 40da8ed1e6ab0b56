-- Posts a row and compares each answer with what the version that its header names would say.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"input": [[1]]}'

local expected = { a = '{"output":[1.0]}', b = '{"output":[2.0]}' }
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init() a, b, failed, wrong = 0, 0, 0, 0 end

function response(status, headers, body)
  local id = headers["X-Model-Id"]
  if status ~= 200 then failed = failed + 1
  elseif expected[id] ~= body then wrong = wrong + 1
  elseif id == "a" then a = a + 1
  else b = b + 1 end
end

function done(summary, latency)
  local sum = { a = 0, b = 0, failed = 0, wrong = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sum) do sum[name] = sum[name] + thread:get(name) end
  end
  local errors = summary.errors
  print(string.format("answers %d: %d of a, %d of b; other than 200: %d; not of the version named: %d; broken connections: %d",
    summary.requests, sum.a, sum.b, sum.failed, sum.wrong, errors.connect + errors.read + errors.write + errors.timeout))
  print(string.format("latency p50 %.2f ms, p99 %.2f ms, longest %.1f ms", latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
