"""`_world` on the conformance tables named by ORACLE_TABLES."""
import json
import os

_tables = {'dead_hosts': [], 'json_hosts': [], 'urls': {}}
if 'ORACLE_TABLES' in os.environ:
    with open(os.path.join(os.environ['ORACLE_TABLES'], 'net.json'), encoding='utf-8') as _f:
        _tables = json.load(_f)


def http(url):
    return _tables['urls'].get(url)


def http_defaults():
    return {'dead_hosts': _tables['dead_hosts'], 'json_hosts': _tables['json_hosts']}
