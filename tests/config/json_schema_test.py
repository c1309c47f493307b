#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds configurations against `tocsin schema` with a validator that shares no code with tocsin.

What is valid must pass. Of the broken files those must be refused whose mistake a schema can see: a
key, a kind of value, a form. The others are named in BEYOND: places, names that must exist, what YAML
itself swallows.
"""

import json
import os
import pathlib
import subprocess
import sys
import unittest

try:
    import jsonschema
    import yaml
except ImportError:
    print("python3-jsonschema and python3-yaml are not installed")
    sys.exit(1 if os.environ.get("CI") == "true" else 77)

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
TOCSIN = os.environ.get("TOCSIN_BINARY", str(TOP / "build/dev/tocsin"))

# Families of broken files whose mistake stands in one key or value.
SEEN_BY_A_SCHEMA = ("key-", "type-", "choice-", "duration-", "null-", "size", "value-", "nest-",
                    "severity-", "first-fetch", "throttle", "times-junk", "weekday", "digest-time",
                    "url-without-scheme", "url-wrong-scheme")
BEYOND = set((HERE / "beyond_schema.txt").read_text().split())


class Loader(yaml.SafeLoader):
    """YAML as editors read it: the core schema of 1.2."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
        ("bool", r"^(?:true|false)$", "tf"),
        ("null", r"^(?:~|null|)$", ["~", "n", ""]),
        ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
        ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789")):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", yaml.resolver.re.compile(pattern), first)


def schema():
    text = subprocess.run([TOCSIN, "schema"], capture_output=True, text=True, check=True).stdout
    return json.loads(text)


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = schema()
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def findings(self, path):
        return [e.message for e in self.validator.iter_errors(yaml.load(path.read_text(), Loader))]

    def test_is_sound(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_takes_what_is_valid(self):
        files = [*sorted((TOP / "examples").glob("*.yaml")), HERE / "files/full.yaml",
                 TOP / "packaging/tocsin.yaml"]
        for path in files:
            with self.subTest(file=path.name):
                self.assertEqual(self.findings(path), [])

    def test_refuses_broken_keys_and_values(self):
        count = 0
        for path in sorted((HERE / "broken").glob("*.yaml")):
            if not path.name.startswith(SEEN_BY_A_SCHEMA) or path.stem in BEYOND:
                continue
            with self.subTest(file=path.name):
                try:
                    found = self.findings(path)
                except yaml.YAMLError as error:
                    found = [str(error)]
                self.assertNotEqual(found, [])
                count += 1
        self.assertGreater(count, 40)


if __name__ == "__main__":
    unittest.main()
