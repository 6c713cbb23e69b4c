using System.Net;
using System.Net.Http.Headers;
using Latchkey.LoginServer.Tests.Framework;

namespace Latchkey.LoginServer.Tests.Accounts;

/// <summary>Names and passwords that nobody has.</summary>
public sealed class HostileLoginTests
{
    [Fact]
    [Spec("LG-10")]
    public async Task A_password_of_a_megabyte_is_refused_before_any_work()
    {
        await using var host = await LoginServerHost.StartAsync();

        var answer = await LoginServerHost.LogInAsync(host.NewBrowser(), password: new string('a', 1_000_000));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [Spec("XI-04")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_name_that_no_database_can_hold_is_refused_before_one_is_asked(bool multipart)
    {
        await using var host = await LoginServerHost.StartAsync();
        var browser = host.NewBrowser();
        var form = (await browser.GetAsync("/login")).Form("/login").Set("username", "maria").Set("password", LoginServerHost.Password);

        // As it is: the framework refuses it where it comes as %00.
        using HttpContent body = multipart
            ? form.Fields.Aggregate(new MultipartFormDataContent(), (all, field) =>
            {
                all.Add(new StringContent(field.Key == "username" ? "maria\0" : field.Value), field.Key);
                return all;
            })
            : new StringContent(
                string.Join('&', form.Fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}")).Replace("maria", "maria\0", StringComparison.Ordinal),
                new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        var answer = await browser.SendAsync(HttpMethod.Post, "/login", body, ("Origin", "null"), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal((HttpStatusCode.BadRequest, "That did not work"), (answer.Status, answer.Heading));
    }
}
