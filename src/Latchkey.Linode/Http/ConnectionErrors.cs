using System.Net.Sockets;

namespace Latchkey.Linode;

/// <summary>
/// Every broken connection is an <see cref="HttpRequestException"/>, as callers are told.
/// </summary>
/// <remarks>
/// .NET lets a bare <see cref="SocketException"/> out when the other side takes the connection and resets it at once, as a
/// server does that ends just then. That is while connecting: nothing was sent.
/// </remarks>
internal sealed class ConnectionErrors : DelegatingHandler
{
    public ConnectionErrors(HttpMessageHandler inner)
        : base(inner)
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, e.Message, e);
        }
    }
}
