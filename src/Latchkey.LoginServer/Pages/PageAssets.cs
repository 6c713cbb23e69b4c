using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Latchkey.LoginServer.Pages;


/// <summary>
/// The style sheet, the icon and the one script, out of the assembly. Each lies at an address that holds a hash of its
/// bytes, so a browser may keep it for good and still sees a new one at once.
/// </summary>
internal static class PageAssets
{
    private const string Folder = "/assets/";

    private static readonly FrozenDictionary<string, Asset> ByName = new[]
    {
        Load("latchkey.css", "text/css; charset=utf-8"),
        Load("favicon.svg", "image/svg+xml"),
        Load("form-post.js", "text/javascript; charset=utf-8"),
    }.ToFrozenDictionary(a => a.Path[Folder.Length..], StringComparer.Ordinal);

    public static string StyleSheet { get; } = PathOf(".css");

    public static string Icon { get; } = PathOf(".svg");

    public static string FormPostScript { get; } = PathOf(".js");

    public static Asset? Find(string name) => ByName.GetValueOrDefault(name);

    private static string PathOf(string extension) => ByName.Values.Single(a => a.Path.EndsWith(extension, StringComparison.Ordinal)).Path;

    private static Asset Load(string name, string contentType)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
        var dot = name.LastIndexOf('.');
        return new Asset($"{Folder}{name[..dot]}.{hash}{name[dot..]}", contentType, bytes);
    }
}
