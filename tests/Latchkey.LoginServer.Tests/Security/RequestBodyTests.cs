using System.Net;
using System.Text;
using Latchkey.LoginServer.Tests.Framework;

namespace Latchkey.LoginServer.Tests.Security;

public sealed class RequestBodyTests
{
    [Theory]
    [Spec("XI-05")]
    [InlineData("/login", "application/x-www-form-urlencoded;charset=utf-7")]
    [InlineData("/logout", "application/x-www-form-urlencoded; charset=\"UTF-7\"")]
    [InlineData("/oauth/authorize", "application/x-www-form-urlencoded; charset=utf-16")]
    [InlineData("/oauth/token", "multipart/form-data; charset=utf-7; boundary=x")]
    [InlineData("/oauth/revoke", "application/x-www-form-urlencoded; charset=latin1")]
    public async Task A_form_in_another_charset_is_a_415_everywhere(string path, string contentType)
    {
        await using var host = await LoginServerHost.StartAsync();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync(host, path, contentType)).Status);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8")]
    [InlineData("application/x-www-form-urlencoded; charset=\"utf-8\"")]
    public async Task Utf8_may_be_said(string contentType)
    {
        await using var host = await LoginServerHost.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(host, "/oauth/token", contentType)).Status);
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/oauth/authorize")]
    [InlineData("/oauth/token")]
    public async Task A_form_that_breaks_off_is_a_400(string path)
    {
        await using var host = await LoginServerHost.StartAsync();

        var answer = await PostAsync(host, path, "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [Spec("XI-12")]
    [InlineData("/login")]
    [InlineData("/logout")]
    [InlineData("/oauth/authorize")]
    [InlineData("/oauth/consent")]
    [InlineData("/oauth/token")]
    [InlineData("/oauth/revoke")]
    [InlineData("/oauth/introspect")]
    [InlineData("/account/tokens")]
    [InlineData("/v4/profile/tokens")]
    public async Task A_compressed_body_is_a_415_everywhere(string path)
    {
        await using var host = await LoginServerHost.StartAsync();
        foreach (var coding in (string[])["gzip", "br", "deflate, gzip"])
        {
            var content = new FormUrlEncodedContent([new("client_id", "a")]);
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);

            Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.NewBrowser().SendAsync(HttpMethod.Post, path, content)).Status);
        }
    }

    [Theory]
    [Spec("XI-05")]
    [InlineData("%")]
    [InlineData("%zz")]
    [InlineData("%c3%28")]
    public async Task An_escape_that_is_none_is_read_as_it_stands_on_every_endpoint(string text)
    {
        await using var host = await LoginServerHost.StartAsync();
        foreach (var path in (string[])["/oauth/token", "/oauth/revoke", "/oauth/introspect"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(host, path, "application/x-www-form-urlencoded", $"client_id={text}&token=a")).Status);

            // A semicolon separates nothing, so this names no client.
            Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(host, path, "application/x-www-form-urlencoded", $"a={text};client_id=x")).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(host, "/oauth/authorize", "application/x-www-form-urlencoded", $"client_id={text}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.NewBrowser().GetAsync($"/oauth/authorize?client_id={text}")).Status);
    }

    private static Task<Answer> PostAsync(LoginServerHost host, string path, string contentType, string body = "client_id=a")
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return host.NewBrowser().SendAsync(HttpMethod.Post, path, content);
    }
}
