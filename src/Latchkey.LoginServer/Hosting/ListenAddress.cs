using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Latchkey.LoginServer.Hosting;

/// <summary>Where a server listens, as an operator writes it: <c>http://localhost:5080</c>, <c>https://*:443</c>.</summary>
public sealed record ListenAddress
{
    private ListenAddress(bool https, string host, int port, IReadOnlyList<IPAddress> addresses)
    {
        IsHttps = https;
        Host = host;
        Port = port;
        Addresses = addresses;
    }

    public bool IsHttps { get; }

    public string Host { get; }

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>True when no other machine can reach it.</summary>
    public bool IsLoopback => Addresses.All(IPAddress.IsLoopback);

    /// <summary>As a URL, without a slash at its end.</summary>
    public string Url
    {
        get
        {
            var port = Port == (IsHttps ? 443 : 80) ? "" : $":{Port}";
            return $"{(IsHttps ? "https" : "http")}://{Host}{port}";
        }
    }

    /// <summary>False when it is not such an address. A name other than localhost says nothing about where to listen.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        BindingAddress binding;
        try
        {
            binding = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            return false;
        }

        var https = string.Equals(binding.Scheme, "https", StringComparison.OrdinalIgnoreCase);
        if ((!https && !string.Equals(binding.Scheme, "http", StringComparison.OrdinalIgnoreCase))
            || binding.PathBase.Length > 0 || binding.IsUnixPipe || binding.IsNamedPipe
            || binding.Port is < 0 or > ushort.MaxValue || AddressesOf(binding.Host) is not { } addresses)
        {
            return false;
        }

        address = new ListenAddress(https, binding.Host.ToLowerInvariant(), binding.Port, addresses);
        return true;
    }

    // A browser may take either address for localhost; whoever listens there listens on both.
    private static IPAddress[]? AddressesOf(string host) => host.ToLowerInvariant() switch
    {
        "localhost" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        "*" or "+" => [IPAddress.IPv6Any],
        _ => IPAddress.TryParse(host.Trim('[', ']'), out var one) ? [one] : null,
    };
}
