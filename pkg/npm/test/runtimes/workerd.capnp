using Workerd = import "/workerd/workerd.capnp";

# The port is the kernel's choice, and told on the file that --control-fd names.
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    # By default a worker reaches no private address.
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "trunkline.wasm", wasm = embed "trunkline.wasm"),
    (name = "sandbox.wasm", wasm = embed "sandbox.wasm"),
  ],
  compatibilityDate = "2026-11-01",
);
