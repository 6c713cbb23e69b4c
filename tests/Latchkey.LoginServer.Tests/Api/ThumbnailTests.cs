using System.Net;
using System.Net.Http.Headers;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.LoginServer.Tests.Tokens;
using Answer = Latchkey.LoginServer.Tests.Tokens.Answer;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class ThumbnailTests : IAsyncLifetime
{
    private const string Clients = "/v4/account/oauth-clients";
    private BackChannel _server = null!;
    private string _token = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BackChannel.StartAsync();
        _token = await _server.TokenAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_thumbnail_is_set_by_the_owner_and_seen_by_everyone()
    {
        var id = await CreateAsync();
        (await _server.SendAsync($"{Clients}/{id}/thumbnail", null, null, HttpMethod.Get)).Expect(HttpStatusCode.NotFound);
        Assert.Equal("{}", (await PutThumbnailAsync(id, Png.Of(128, 128))).Body);
        using var seen = await _server.Http.GetAsync(new Uri($"{Clients}/{id}/thumbnail", UriKind.Relative));
        Assert.Equal("image/png", seen.Content.Headers.ContentType?.ToString());
        Assert.Equal(Png.Of(128, 128), await seen.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            $"{BackChannel.Issuer}{Clients}/{id}/thumbnail",
            (await _server.CallAsync(_token, "GET", $"{Clients}/{id}")).Expect(HttpStatusCode.OK).Text("thumbnail_url"));
    }

    [Fact]
    public async Task What_is_not_a_small_sound_PNG_is_no_thumbnail()
    {
        var id = await CreateAsync();
        byte[] damaged = Png.Of(16, 16), page = "<script>alert(1)</script>"u8.ToArray();
        damaged[20]++;
        byte[] twoHeaders = [.. Png.Of(16, 16)[..33], .. Png.Chunk("IHDR"u8, Png.Of(9999, 9999)[16..29]), .. Png.Of(16, 16)[33..]];
        byte[] unheardOf = [.. Png.Of(16, 16)[..33], .. Png.Chunk("CODE"u8, page), .. Png.Of(16, 16)[33..]];
        byte[] justShort = Png.Packed(new byte[(16 * 65) - 1]), bomb = Png.Packed(new byte[50_000_000]);
        byte[][] notItsPixels = [[1, 2, 3], justShort, bomb];
        foreach (var bytes in notItsPixels.Select(data => Png.Of(16, 16, data: data)).Append(Png.Of(16, 16, colourType: 3, Png.Packed(new byte[16 * 17]))))
        {
            (await PutThumbnailAsync(id, bytes)).Expect(HttpStatusCode.BadRequest);
        }

        foreach (var bytes in (byte[][])[twoHeaders, unheardOf, [], page, Png.Of(513, 1), Png.Of(1, 513), Png.Of(0, 1), Png.Of(16, 16)[..^1], [.. Png.Of(16, 16), .. page], damaged])
        {
            (await PutThumbnailAsync(id, bytes)).Expect(HttpStatusCode.BadRequest);
        }

        (await PutThumbnailAsync(id, Png.Of(16, 16, colourType: 3, Png.Packed(new byte[16 * 17]), palette: [1, 2, 3]))).Expect(HttpStatusCode.OK);
        (await _server.SendAsync(_token, new HttpRequestMessage(HttpMethod.Delete, $"{Clients}/{id}"))).Expect(HttpStatusCode.OK);
        id = await CreateAsync();
        (await PutThumbnailAsync(id, Png.Of(16, 16), "image/svg+xml")).Expect(HttpStatusCode.UnsupportedMediaType);
        (await PutThumbnailAsync(id, new byte[300_000])).Expect(HttpStatusCode.RequestEntityTooLarge);
        (await _server.SendAsync($"{Clients}/{id}/thumbnail", null, null, HttpMethod.Get)).Expect(HttpStatusCode.NotFound);
    }

    private async Task<string> CreateAsync() => (await _server.CallAsync(
        _token, "POST", Clients, new { label = "My app", redirect_uri = "https://app.example/cb" })).Expect(HttpStatusCode.OK).Text("id")!;

    private async Task<Answer> PutThumbnailAsync(string id, byte[] bytes, string type = "image/png")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Clients}/{id}/thumbnail") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await _server.SendAsync(_token, request);
    }
}
