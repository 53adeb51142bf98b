-- SPDX-License-Identifier: Apache-2.0
-- Prints what wrk counted as one line of JSON; the other scripts build on it.
function done(summary, latency, requests)
    local e = summary.errors
    print(string.format('JSON {"requests":%d,"micros":%d,"bytes":%d,"p50":%d,"p99":%d,"status":%d,"failed":%d}',
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
        e.status, e.connect + e.read + e.write + e.timeout))
end
