//! Node's symbols are found when Node loads the addon; macOS and Windows have to be told so.

fn main() {
    napi_build::setup();
}
