using System.Net.Sockets;

namespace Latchkey.Linode;

/// <summary>What comes up from here is a whole answer in memory, or an <see cref="HttpRequestException"/>, as callers are told.</summary>
/// <remarks>
/// The body is read here, below the timeout of one attempt, which would else end with the headers: a body that stalls then
/// holds its caller until the client's total timeout, long after a refresh could still be repeated.
/// .NET lets a bare <see cref="SocketException"/> out when the other side takes the connection and resets it at once, as a
/// server does that ends just then. That is while connecting: nothing was sent.
/// </remarks>
internal sealed class WholeAnswers : DelegatingHandler
{
    private readonly int _maxBytes;

    public WholeAnswers(HttpMessageHandler inner, int maxBytes)
        : base(inner)
    {
        _maxBytes = maxBytes;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, e.Message, e);
        }

        try
        {
            await answer.Content.LoadIntoBufferAsync(_maxBytes, cancellationToken);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
