//! The five providers, pretended: state behind HTTP, without HTTP. Nothing here reads a clock or opens a socket.

pub mod http;
pub mod provider;
pub mod providers;
pub mod settings;
pub mod time;
