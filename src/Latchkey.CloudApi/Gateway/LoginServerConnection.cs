using System.Text;

namespace Latchkey.CloudApi.Gateway;

/// <summary>The connections to the login server: no cookies kept, no redirect followed, no proxy asked.</summary>
internal sealed class LoginServerConnection(CloudApiOptions options) : IDisposable
{
    public HttpMessageInvoker Invoker { get; } = new(options.LoginServerTransport?.Invoke() ?? new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,

        // As both servers read them. Held to ASCII, a header with an accent would look like a login server that is down.
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    public void Dispose() => Invoker.Dispose();
}
