"""Opens files in all the ways that Python has: relative, by a folder's descriptor, in a child."""

import json
import os
import subprocess
import sys

os.chdir(sys.argv[1])
with open("plain.txt", "w") as file:
    file.write("1")
os.makedirs("a/b", exist_ok=True)
folder = os.open("a/b", os.O_RDONLY)
os.close(os.open("deep", os.O_CREAT | os.O_RDWR, dir_fd=folder))
os.fchdir(folder)
open("../../plain.txt").close()
open(b"bad-\xff-utf8", "w").close()
open('new\nline "and" quotes\\', "w").close()
try:
    open("missing/none")
except FileNotFoundError:
    pass
subprocess.run(["cat", "../../plain.txt"], stdout=subprocess.DEVNULL, check=True)
subprocess.run(["sh", "-c", "cat < plain.txt; cd /etc && cat hostname; exec cat passwd"],
               stdout=subprocess.DEVNULL, cwd="../..", check=True)
temporary = os.path.join(sys.argv[1], "gone.txt")
open(temporary, "w").close()
os.unlink(temporary)
if os.fork() == 0:
    os.chdir("/")
    os.close(os.open("etc/passwd", os.O_RDONLY))
    os._exit(0)
os.wait()
print(json.dumps({"done": True}))
