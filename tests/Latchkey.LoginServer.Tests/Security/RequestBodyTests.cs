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

    private static Task<Answer> PostAsync(LoginServerHost host, string path, string contentType, string body = "client_id=a")
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return host.NewBrowser().SendAsync(HttpMethod.Post, path, content);
    }
}
