//! A server for a gateway alone: HTTP/1, on this machine unless said otherwise. For TLS put a proxy before it.

use super::Gateway;
use futures_util::future::{Either, select};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

/// The longest head of a request, in bytes.
const HEAD_LIMIT: usize = 16 << 10;

/// Where and how to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// This machine alone, at a free port, unless said.
    pub address: SocketAddr,
    /// How long the head of a request may take, and a connection may be idle; 10 seconds unless said.
    pub head_timeout: Duration,
    /// How many connections there may be at once; 256 unless said. Others wait.
    pub connections: usize,
}

impl Default for Options {
    fn default() -> Self {
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0);
        Self { address, head_timeout: Duration::from_secs(10), connections: 256 }
    }
}

/// A gateway being served. Dropping it ends all connections, and nothing that spends.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    gateway: Gateway,
    ending: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl Server {
    /// Takes no more requests, and ends when those under way have been answered, and purchases have been made.
    pub async fn shutdown(mut self) {
        let _ = self.ending.send(true);
        let _ = (&mut self.accepting).await;
        self.gateway.finish().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Starts serving; returns as soon as the port is open.
pub async fn serve(gateway: Gateway, options: Options) -> io::Result<Server> {
    let listener = TcpListener::bind(options.address).await?;
    let address = listener.local_addr()?;
    let (ending, ended) = watch::channel(false);
    let accepting = tokio::spawn(accept(listener, gateway.clone(), options, ended));
    Ok(Server { address, gateway, ending, accepting })
}

/// Owns its connections, so that they end with it.
async fn accept(listener: TcpListener, gateway: Gateway, options: Options, ended: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(options.connections.max(1)));
    let mut connections = JoinSet::new();
    loop {
        let next = async {
            // The semaphore is never closed.
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (listener.accept().await, place)
        };
        let (accepted, place) = match select(pin!(next), pin!(told(ended.clone()))).await {
            Either::Left((accepted, _)) => accepted,
            Either::Right(_) => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let serving = connection(stream, gateway.clone(), options.head_timeout, ended.clone());
                connections.spawn(async move {
                    serving.await;
                    drop(place);
                });
            }
            // Out of descriptors, most likely: they come back when connections end.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Ends when the server is to end.
async fn told(mut ended: watch::Receiver<bool>) {
    // An error says that nobody is left to say so, which comes to the same.
    let _ = ended.wait_for(|ended| *ended).await.map(drop);
}

async fn connection(stream: TcpStream, gateway: Gateway, head_timeout: Duration, ended: watch::Receiver<bool>) {
    // Small answers: waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let gateway = gateway.clone();
        async move { Ok::<_, Infallible>(gateway.respond(request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_timeout).max_buf_size(HEAD_LIMIT).max_headers(64);
    let mut serving = pin!(http.serve_connection(TokioIo::new(stream), service));
    // An error is the caller's: gone, too slow, or not speaking HTTP.
    if let Either::Right(_) = select(serving.as_mut(), pin!(told(ended))).await {
        serving.as_mut().graceful_shutdown();
        let _ = serving.await;
    }
}
