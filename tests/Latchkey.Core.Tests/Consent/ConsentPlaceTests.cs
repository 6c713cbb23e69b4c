using Latchkey.Core.Consent;

namespace Latchkey.Core.Tests.Consent;

public sealed class ConsentPlaceTests
{
    [Theory]
    [InlineData("https://app.example/cb", "https://app.example/cb")]
    [InlineData("https://app.example:8443/cb?next=%2F", "https://app.example:8443/cb")]
    [InlineData("com.example.app:/cb", "com.example.app:/cb")]
    [InlineData("http://127.0.0.1:49152/cb?a=b:c", "http://127.0.0.1/cb")]
    [InlineData("http://localhost:80", "http://localhost")]
    [InlineData("http://localhost/a:b", "http://localhost/a:b")]
    [InlineData("http://[::1]:1/cb", "http://[::1]/cb")]
    [InlineData("http://[::1]/cb", "http://[::1]/cb")]
    [InlineData("http://[::1]", "http://[::1]")]
    [InlineData("", "")]
    public void What_an_app_chooses_anew_each_time_is_no_part_of_the_place(string redirectUri, string address) =>
        Assert.Equal(address, ConsentPlace.Of(redirectUri, null).Address);

    [Theory, Spec("LO-16")]
    [InlineData("https://app.example/other", null)]
    [InlineData("https://app.example:444/cb", null)]
    [InlineData("http://app.example/cb", null)]
    [InlineData("https://app.example/cb", "https://api.example")]
    public void Another_address_or_another_api_is_another_place(string redirectUri, string? resource) =>
        Assert.NotEqual(ConsentPlace.Of("https://app.example/cb", null), ConsentPlace.Of(redirectUri, resource));
}
