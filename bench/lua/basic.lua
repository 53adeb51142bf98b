-- SPDX-License-Identifier: Apache-2.0
-- The same request again and again, with Basic credentials. Argument: the header's value.
dofile('lua/report.lua')
function init(args)
    wrk.headers['Authorization'] = args[1]
    request_bytes = wrk.format('GET', wrk.path)
end
function request()
    return request_bytes
end
