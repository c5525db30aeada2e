"""`python -m tests.examples` writes the counties' generated sheets into `examples/`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazheng.site.settings")
django.setup()

from fazheng.cli.demo import examples_root  # noqa: E402
from fazheng.lawbook.load import load  # noqa: E402
from tests.examples.counties import PLACE, county_a, county_b  # noqa: E402
from tests.examples.other_systems import exports  # noqa: E402

for folder, county in (("county-a", county_a), ("county-b", county_b)):
    county(load(place=PLACE)).write(examples_root() / folder)

(examples_root() / "exports").mkdir(exist_ok=True)
for export in exports():
    export.write(examples_root() / "exports" / f"{export.name}.xlsx")
