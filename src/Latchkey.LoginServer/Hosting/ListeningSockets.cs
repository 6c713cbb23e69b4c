using System.Net;
using System.Net.Sockets;
using Latchkey.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Latchkey.LoginServer.Hosting;

/// <summary>
/// Sockets taken before anything else happens: a port in use is refused while nothing was changed yet, and a free port
/// (0) is known before the server that has to name it in its issuer is built.
/// </summary>
public sealed class ListeningSockets : IDisposable
{
    private readonly List<(ListenAddress Address, IPEndPoint EndPoint, Socket Socket)> _sockets = [];
    private readonly List<ListenAddress> _addresses = [];
    private bool _handedOver;

    private ListeningSockets()
    {
    }

    /// <summary>What was asked for, with the ports that were taken.</summary>
    public IReadOnlyList<ListenAddress> Addresses => _addresses;

    /// <exception cref="StartupException">An address cannot be had; none was kept.</exception>
    public static ListeningSockets Take(params IEnumerable<ListenAddress> addresses)
    {
        var taken = new ListeningSockets();
        try
        {
            foreach (var address in addresses)
            {
                taken.Add(address);
            }

            return taken;
        }
        catch (SocketException broken)
        {
            taken.Dispose();
            throw new StartupException(Describe(taken._addresses[^1].Url, broken.SocketErrorCode), broken);
        }
    }

    /// <summary>Makes the server listen on these sockets and no others.</summary>
    public void Use(IWebHostBuilder host, Action<ListenOptions>? https = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        host.ConfigureServices(services =>
        {
            services.Configure<SocketTransportOptions>(o => o.CreateBoundListenSocket = endPoint =>
            {
                _handedOver = true;
                return _sockets.First(s => s.EndPoint.Equals(endPoint)).Socket;
            });
            services.Configure<KestrelServerOptions>(kestrel =>
            {
                foreach (var (address, endPoint, _) in _sockets)
                {
                    kestrel.Listen(endPoint, listen =>
                    {
                        if (address.IsHttps)
                        {
                            https?.Invoke(listen);
                        }
                    });
                }
            });
        });
    }

    /// <summary>Lets go of the sockets, unless a server has them: it closes them itself.</summary>
    public void Dispose()
    {
        if (!_handedOver)
        {
            _sockets.ForEach(s => s.Socket.Dispose());
        }
    }

    private void Add(ListenAddress address)
    {
        _addresses.Add(address);
        var port = address.Port;
        foreach (var ip in address.Addresses)
        {
            try
            {
                var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(ip, port));
                _sockets.Add((address, (IPEndPoint)socket.LocalEndPoint!, socket));

                // Two processes may both bind a port; the first to listen has it.
                socket.Listen(512);
                port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            }
            catch (SocketException absent) when (ip.Equals(IPAddress.IPv6Loopback) && address.Addresses.Count > 1
                && absent.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
            {
                // A machine without IPv6 still has a localhost.
            }
        }

        _addresses[^1] = address with { Port = port };
    }

    private static string Describe(string url, SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => $"{url} is in use by another program. Stop it, or choose another port.",
        SocketError.AccessDenied => $"{url} may not be listened on by this user. Choose a port above 1023, or grant the right.",
        SocketError.AddressNotAvailable => $"{url} is not an address of this machine.",
        _ => $"{url} cannot be listened on ({error}).",
    };
}
