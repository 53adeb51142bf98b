-- SPDX-License-Identifier: Apache-2.0
-- Each request puts a manifest of its own. Arguments: repository, layer and config as JSON, a prefix that no other run
-- has, "new" for a tag each or a number of existing tags to move in turn, bearer token or "-".
dofile('lua/report.lua')
local threads = 0
function setup(thread)
    thread:set('number', threads)
    threads = threads + 1
end
function init(args)
    repository, config, layer, prefix, tags = args[1], args[2], args[3], args[4], args[5]
    wrk.headers['Content-Type'] = 'application/vnd.oci.image.manifest.v1+json'
    if args[6] ~= '-' then wrk.headers['Authorization'] = 'Bearer ' .. args[6] end
    count = 0
end
function request()
    count = count + 1
    local id = string.format('%s-%d-%d', prefix, number or 99, count)
    local tag = tags == 'new' and id or string.format('t%05d', (count * 7919) % tonumber(tags))
    return wrk.format('PUT', '/v2/' .. repository .. '/manifests/' .. tag, nil, string.format(
        '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s],' ..
        '"annotations":{"bench":"%s"}}', config, layer, id))
end
