using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Cli.Tests.Packaging;

/// <summary>A container registry that has one image of one layer and is asked by the SDK in place of Microsoft's.</summary>
internal sealed class BaseImageRegistry : IAsyncDisposable
{
    private const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly WebApplication _app;

    private BaseImageRegistry(WebApplication app) => _app = app;

    /// <summary>What <c>ContainerBaseImage</c> is set to.</summary>
    public string Image => $"localhost:{new Uri(_app.Urls.Single()).Port}/debian:minimal";

    /// <param name="layer">A tar file of the root.</param>
    public static async Task<BaseImageRegistry> StartAsync(string layer)
    {
        var layerDigest = Digest(SHA256.HashData(await File.ReadAllBytesAsync(layer)));
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Env = new[] { "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" } },
            rootfs = new { type = "layers", diff_ids = new[] { layerDigest } },
        });
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = Manifest,
            config = new { mediaType = "application/vnd.docker.container.image.v1+json", size = config.Length, digest = Digest(SHA256.HashData(config)) },
            layers = new[] { new { mediaType = "application/vnd.docker.image.rootfs.diff.tar", size = new FileInfo(layer).Length, digest = layerDigest } },
        });

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/v2/", () => Results.Ok());
        app.MapMethods("/v2/debian/manifests/{name}", ["GET", "HEAD"], () => Results.Bytes(manifest, Manifest));
        app.MapGet("/v2/debian/blobs/{digest}", (string digest) =>
            digest == layerDigest ? Results.File(layer, "application/octet-stream") : Results.Bytes(config, "application/octet-stream"));
        await app.StartAsync();
        return new BaseImageRegistry(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Digest(byte[] hash) => "sha256:" + Convert.ToHexStringLower(hash);
}
