//! The sandbox behind real sockets: one port for everything, and one more per provider for clients that can set a host
//! but no path. The clock is the system's. Events go to webhooks on this machine.

use crate::courier;
use crate::http::{Request, Response};
use crate::pages::Asker;
use crate::provider::ProviderName;
use crate::reply::Outcome;
use crate::sandbox::Sandbox;
use crate::settings::Settings;
use crate::time::Time;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// The largest request body that is taken.
const BODY_LIMIT: usize = 32 << 20;

/// How long the bytes before a cut have to leave.
const CUT_DELAY: Duration = Duration::from_millis(30);

/// Where and how to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// The sandbox's settings.
    pub settings: Settings,
    /// The address to listen on; this machine alone unless said.
    pub host: IpAddr,
    /// The port for everything; 0 lets the kernel choose.
    pub port: u16,
    /// Ports of single providers; the kernel chooses those that are missing.
    pub provider_ports: BTreeMap<ProviderName, u16>,
    /// Served beside the providers on the port for everything, by path.
    pub files: BTreeMap<String, File>,
    /// Whether pages of other origins may call it as well (CORS).
    pub open_to_pages: bool,
}

/// A file for browsers.
#[derive(Debug, Clone)]
pub struct File {
    /// Its media type.
    pub content_type: &'static str,
    /// The whole of it.
    pub body: Vec<u8>,
}

impl Default for Options {
    fn default() -> Self {
        let host = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let (provider_ports, files) = (BTreeMap::new(), BTreeMap::new());
        Self { settings: Settings::default(), host, port: 0, provider_ports, files, open_to_pages: false }
    }
}

/// A sandbox being served. Dropping it ends it, open connections included.
pub struct Server {
    /// Where it listens.
    pub addresses: Addresses,
    sandbox: Arc<Mutex<Sandbox>>,
    /// What listens, and what carries events.
    tasks: JoinSet<()>,
}

/// Where a sandbox listens.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// Everything: `/{slug}/…` for each provider, `/_sandbox/…` for the sandbox itself.
    pub all: SocketAddr,
    /// One provider each, its paths as they are at its own host.
    pub providers: BTreeMap<ProviderName, SocketAddr>,
}

impl Addresses {
    /// What a client's `base_url` is set to.
    pub fn base_url(&self, provider: ProviderName) -> String {
        format!("http://{}/{}{}", self.all, provider.slug(), Sandbox::base_path(provider))
    }

    /// As clients on this machine write them: "every address" is none to connect to.
    #[must_use]
    pub fn as_seen_from_here(mut self) -> Self {
        for address in std::iter::once(&mut self.all).chain(self.providers.values_mut()) {
            match address.ip() {
                IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
                IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
                _ => {}
            }
        }
        self
    }
}

impl Server {
    /// A request to the sandbox itself, as [`Sandbox::control`] takes it, without HTTP.
    pub fn control(&self, request: &Request) -> Response {
        locked(&self.sandbox).control(system_time(), request)
    }

    /// Ends it and waits until its ports are free again.
    pub async fn shutdown(mut self) {
        self.tasks.shutdown().await;
    }
}

/// Starts serving; returns as soon as all ports are open.
pub async fn serve(options: Options) -> io::Result<Server> {
    let sandbox = Arc::new(Mutex::new(Sandbox::new(options.settings)));
    let everything = Place {
        sandbox: Arc::clone(&sandbox),
        only: None,
        files: Arc::new(options.files),
        open_to_pages: options.open_to_pages,
    };
    let mut tasks = JoinSet::new();
    let main = TcpListener::bind((options.host, options.port)).await?;
    let all = main.local_addr()?;
    tasks.spawn(accept(main, everything.clone()));
    let mut providers = BTreeMap::new();
    for name in ProviderName::ALL {
        let port = options.provider_ports.get(&name).copied().unwrap_or(0);
        let listener = TcpListener::bind((options.host, port)).await?;
        providers.insert(name, listener.local_addr()?);
        tasks.spawn(accept(listener, Place { only: Some(name), ..everything.clone() }));
    }
    for name in ProviderName::ALL {
        tasks.spawn(courier::carry(Arc::clone(&sandbox), name));
    }
    Ok(Server { addresses: Addresses { all, providers }, sandbox, tasks })
}

/// What one port serves.
#[derive(Clone)]
struct Place {
    sandbox: Arc<Mutex<Sandbox>>,
    only: Option<ProviderName>,
    files: Arc<BTreeMap<String, File>>,
    open_to_pages: bool,
}

/// Owns its connections, so that they end with it.
async fn accept(listener: TcpListener, place: Place) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(connection(stream, place.clone()));
            }
            // Out of descriptors, most likely: they come back when connections end.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(stream: TcpStream, place: Place) {
    // Small answers to small requests: waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(place.clone(), request));
    // An error here is the client's going away, or a connection dropped on purpose.
    let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
}

/// An error makes hyper close the connection without an answer.
async fn answer(place: Place, request: hyper::Request<Incoming>) -> Result<hyper::Response<Sending>, io::Error> {
    let asker = Asker::of(&request, place.open_to_pages);
    let mut answer = match asker.leave() {
        Some(leave) => sending(leave, None),
        None => called(place, request).await?,
    };
    asker.tell(answer.headers_mut());
    Ok(answer)
}

async fn called(place: Place, request: hyper::Request<Incoming>) -> Result<hyper::Response<Sending>, io::Error> {
    let Place { sandbox, only, files, .. } = place;
    let Some(mut request) = read(request).await? else {
        return Ok(sending(Response::text(413, "text/plain", "the body is larger than 32 MiB"), None));
    };
    let provider = match only {
        Some(provider) => provider,
        None if request.path.starts_with("/_sandbox") => {
            return Ok(sending(locked(&sandbox).control(system_time(), &request), None));
        }
        None if request.method == "GET" && files.contains_key(&request.path) => {
            let File { content_type, body } = &files[&request.path];
            let headers = vec![("content-type".to_owned(), (*content_type).to_owned())];
            return Ok(sending(Response { status: 200, headers, body: body.clone() }, None));
        }
        None => match ProviderName::split_path(&request.path) {
            Some((provider, path)) => {
                request.path = path;
                provider
            }
            None => return Ok(sending(nothing_here(), None)),
        },
    };
    let reply = locked(&sandbox).handle(system_time(), provider, request);
    if !reply.after.is_zero() {
        tokio::time::sleep(reply.after).await;
    }
    match reply.outcome {
        Outcome::Respond(response) => Ok(sending(response, None)),
        Outcome::Cut(response, kept) => Ok(sending(response, Some(kept))),
        Outcome::Drop => Err(io::Error::other("dropped on purpose")),
        Outcome::Hang => std::future::pending().await,
    }
}

/// The request as a plain value; nothing if it is too large.
async fn read(request: hyper::Request<Incoming>) -> io::Result<Option<Request>> {
    let (head, body) = request.into_parts();
    let announced = body.size_hint().lower();
    if announced > BODY_LIMIT as u64 {
        return Ok(None);
    }
    let body = match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(collected) => collected.to_bytes().to_vec(),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => return Ok(None),
        Err(error) => return Err(io::Error::other(error)),
    };
    let headers = head.headers.iter();
    let text = |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Ok(Some(Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: headers.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body,
    }))
}

fn nothing_here() -> Response {
    let slugs = ProviderName::ALL.map(ProviderName::slug).join("/…, /");
    Response::text(404, "text/plain; charset=utf-8", format!("There are /{slugs}/… and /_sandbox/….\n"))
}

/// A panic elsewhere does not make the state unreadable.
pub(crate) fn locked(sandbox: &Mutex<Sandbox>) -> MutexGuard<'_, Sandbox> {
    sandbox.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn system_time() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::default().after(since)
}

fn sending(response: Response, cut: Option<usize>) -> hyper::Response<Sending> {
    let announced = response.body.len();
    let mut body = Bytes::from(response.body);
    body.truncate(cut.unwrap_or(announced));
    let cut_after = cut.map(|_| Box::pin(tokio::time::sleep(CUT_DELAY)));
    let mut out = hyper::Response::new(Sending { body: Some(body), cut_after });
    *out.status_mut() =
        hyper::StatusCode::from_u16(response.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        let name = hyper::header::HeaderName::try_from(name);
        if let (Ok(name), Ok(value)) = (name, hyper::header::HeaderValue::try_from(value)) {
            out.headers_mut().append(name, value);
        }
    }
    if response.status != 204 {
        out.headers_mut().insert(hyper::header::CONTENT_LENGTH, announced.into());
    }
    out
}

/// A body that may break off. It fails only a while after its last bytes, because hyper drops what it has not yet
/// written when a body fails.
struct Sending {
    body: Option<Bytes>,
    cut_after: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.body.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        let Some(sleep) = &mut self.cut_after else {
            return Poll::Ready(None);
        };
        sleep.as_mut().poll(context).map(|()| Some(Err(io::Error::other("cut on purpose"))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Bytes::is_empty) && self.cut_after.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        // Of a cut body hyper is told nothing: it takes the announced length from the header.
        match (&self.body, &self.cut_after) {
            (Some(bytes), None) => SizeHint::with_exact(bytes.len() as u64),
            _ => SizeHint::default(),
        }
    }
}
