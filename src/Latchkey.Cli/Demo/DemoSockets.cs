using Latchkey.LoginServer.Hosting;

namespace Latchkey.Cli.Demo;

/// <summary>The three ports, all taken before anything is built.</summary>
internal sealed class DemoSockets : IDisposable
{
    private DemoSockets(ListeningSockets login, ListeningSockets api, ListeningSockets app)
    {
        Login = login;
        Api = api;
        App = app;
    }

    public ListeningSockets Login { get; }

    public ListeningSockets Api { get; }

    public ListeningSockets App { get; }

    public static DemoSockets Take(int port)
    {
        var taken = new List<ListeningSockets>();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                taken.Add(ListeningSockets.Take(Localhost(port == 0 ? 0 : port + i)));
            }

            return new DemoSockets(taken[0], taken[1], taken[2]);
        }
        catch
        {
            taken.ForEach(s => s.Dispose());
            throw;
        }
    }

    public static string UrlOf(ListeningSockets sockets) => sockets.Addresses[0].Url;

    public void Dispose()
    {
        Login.Dispose();
        Api.Dispose();
        App.Dispose();
    }

    private static ListenAddress Localhost(int port) =>
        ListenAddress.TryParse($"http://localhost:{port}", out var address) ? address : throw new ArgumentOutOfRangeException(nameof(port));
}
