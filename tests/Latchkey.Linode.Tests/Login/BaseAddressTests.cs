using Latchkey.Linode;

namespace Latchkey.Linode.Tests.Login;

[Spec("CL-11")]
public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("http://login.example.com")]
    [InlineData("http://192.168.0.1:5080")]
    [InlineData("ftp://localhost")]
    [InlineData("/login")]
    [InlineData("https://user@login.example.com")]
    [InlineData("https://login.example.com/?x=1")]
    public void An_address_on_which_others_can_listen_is_refused(string address)
    {
        var uri = new Uri(address, UriKind.RelativeOrAbsolute);

        Assert.Throws<ArgumentException>("baseUrl", () => new LinodeLoginClient("c", baseUrl: uri));
        Assert.Throws<ArgumentException>("baseUrl", () => new LinodeClient("t", uri));
    }

    [Theory]
    [InlineData("https://login.example.com")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://[::1]:5080")]
    public void Https_and_loopback_will_do(string address) =>
        Assert.Equal(new Uri(address), new LinodeLoginClient("c", baseUrl: new Uri(address)).BaseUrl);

    [Fact]
    public void A_handler_that_follows_redirects_is_refused()
    {
        using var follows = new HttpClientHandler();
        using var hidden = new Wrapper { InnerHandler = new SocketsHttpHandler() };
        using var stays = new SocketsHttpHandler { AllowAutoRedirect = false };

        Assert.Throws<ArgumentException>("handler", () => new LinodeLoginClient("c", handler: follows));
        Assert.Throws<ArgumentException>("handler", () => new LinodeClient("t", handler: hidden));
        _ = new LinodeLoginClient("c", handler: stays);
    }

    private sealed class Wrapper : DelegatingHandler;
}
