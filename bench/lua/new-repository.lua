-- SPDX-License-Identifier: Apache-2.0
-- Every three requests make a repository: mount of the config, mount of the layer, manifest. One connection a thread,
-- so that the three come after each other. Arguments: name of a file with a repository and its token ("-": none) in
-- each line, number of threads, source repository, config and layer as JSON, digest of config and layer.
dofile('lua/report.lua')
local threads = 0
function setup(thread)
    thread:set('number', threads)
    threads = threads + 1
end
function init(args)
    source, config, layer, digests = args[3], args[4], args[5], {args[6], args[7]}
    names, tokens = {}, {}
    local line_number = 0
    for line in io.lines(args[1]) do
        if line_number % tonumber(args[2]) == (number or 0) then
            local name, token = line:match('(%S+) (%S+)')
            names[#names + 1], tokens[#tokens + 1] = name, token
        end
        line_number = line_number + 1
    end
    -- wrk asks the first thread for one request that it does not send.
    step = number == 0 and -2 or -1
end
function request()
    step = step + 1
    local i, phase = math.floor(math.max(step, 0) / 3) + 1, math.max(step, 0) % 3
    -- A run that has used all names up shows as errors: wrk cannot end early.
    local name, token = names[i] or 'exhausted', tokens[i] or '-'
    local headers = {['Content-Type'] = 'application/vnd.oci.image.manifest.v1+json'}
    if token ~= '-' then headers['Authorization'] = 'Bearer ' .. token end
    if phase < 2 then
        return wrk.format('POST', string.format('/v2/%s/blobs/uploads/?mount=%s&from=%s', name, digests[phase + 1],
            source), headers, '')
    end
    return wrk.format('PUT', '/v2/' .. name .. '/manifests/1', headers, string.format(
        '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}',
        config, layer))
end
