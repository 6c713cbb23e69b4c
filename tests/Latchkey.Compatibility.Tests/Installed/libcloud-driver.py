# Drives Apache Libcloud's driver for Linode, as Debian packages it. Where the API is and the token for it are said by the
# environment. Each step says its name when it is done.
import os
from urllib.parse import urlsplit

from libcloud.common.types import InvalidCredsError, LibcloudError

api = urlsplit(os.environ["LATCHKEY_API"])
token = os.environ["LATCHKEY_TOKEN"]

# guide: from here
from libcloud.compute.providers import get_driver
from libcloud.compute.types import Provider

Linode = get_driver(Provider.LINODE)
driver = Linode(token, api_version="4.0", secure=False, host=api.hostname, port=api.port)  # for example localhost, 5081
# guide: to here


def refused(kind, call):
    try:
        call()
    except kind as error:
        return str(error)
    raise AssertionError("It was not refused.")


locations = {location.id: location for location in driver.list_locations()}
assert locations["us-east"].country == "US", locations
print("locations")

sizes = {size.id: size for size in driver.list_sizes()}
assert sizes["g6-nanode-1"].ram == 1024 and sizes["g6-nanode-1"].price > 0, sizes
print("sizes")

images = {image.id: image for image in driver.list_images()}
assert images["linode/debian12"].name.startswith("Debian"), images
print("images")

node = driver.create_node(
    locations["us-east"],
    sizes["g6-nanode-1"],
    image=images["linode/debian12"],
    name="by-libcloud",
    root_pass="violet-anchor-SINGS-41",
    ex_tags=["libcloud"],
)
assert node.name == "by-libcloud" and len(node.public_ips) > 0, node
assert node.image == "linode/debian12" and node.size == "g6-nanode-1", node
assert node.created_at.year >= 2026, node
print("create")

assert [n.id for n in driver.list_nodes() if n.name == "by-libcloud"] == [node.id]
assert driver.ex_get_node(node.id).extra["tags"] == ["libcloud"]
print("list")

print("waiting", flush=True)
input()
assert driver.ex_get_node(node.id).state == "running"
assert driver.reboot_node(node)
assert driver.ex_get_node(node.id).state == "rebooting"
print("reboot")

assert driver.destroy_node(node)
assert node.id not in [n.id for n in driver.list_nodes()]
assert refused(LibcloudError, lambda: driver.destroy_node(node)).startswith("<LibcloudError in"), "no reason"
print("destroy")

stranger = Linode("gone", api_version="4.0", secure=False, host=api.hostname, port=api.port)
assert "Invalid Token" in refused(InvalidCredsError, stranger.list_nodes)
print("errors")
