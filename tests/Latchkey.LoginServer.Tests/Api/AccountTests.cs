using System.Net;
using Latchkey.LoginServer.Tests.Tokens;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class AccountTests : IAsyncLifetime
{
    private const string Account = "/v4/account";
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Whoever_says_nothing_has_an_account_that_says_little()
    {
        var json = (await _server.CallAsync(await _server.TokenAsync("account:read_only"), "GET", "/v4beta/account")).Expect(HttpStatusCode.OK);
        Assert.Equal(("ada@example.com", "2026-01-02T03:04:05", ""), (json.Text("email"), json.Text("active_since"), json.Text("address_1")));
        Assert.Equal(_server.UserId.ToString(), json.Text("euuid"));
        Assert.Equal(0, json.GetProperty("balance").GetDecimal());
    }

    [Fact]
    public async Task What_is_sent_is_kept_and_what_is_left_out_stays()
    {
        var token = await _server.TokenAsync();
        await _server.CallAsync(token, "PUT", Account, new
        {
            first_name = "Ada",
            last_name = "Lovelace",
            company = "Engines",
            email = "billing@example.com",
            phone = "+44 20 7946 0000",
            address_1 = "12 St James's Square",
            address_2 = "",
            city = "London",
            state = "England",
            zip = "SW1Y 4JH",
            country = "GB",
            tax_id = "GB999",
        });
        var changed = await _server.CallAsync(token, "PUT", Account, new { city = "Paris", balance = -100, euuid = "x", credit_card = "y", active_since = 7 });

        var json = changed.Expect(HttpStatusCode.OK);
        Assert.Equal(("Ada", "Paris", "SW1Y 4JH", "12 St James's Square", "billing@example.com"), (json.Text("first_name"), json.Text("city"), json.Text("zip"), json.Text("address_1"), json.Text("email")));
        Assert.Equal(0, json.GetProperty("balance").GetDecimal());
        Assert.Equal(changed.Body, (await _server.CallAsync(token, "GET", Account)).Body);
        Assert.Equal("ada@example.com", (await _server.CallAsync(token, "GET", "/v4/profile")).Expect(HttpStatusCode.OK).Text("email"));
        Assert.Equal("", (await _server.CallAsync(await _server.OtherTokenAsync(), "GET", Account)).Expect(HttpStatusCode.OK).Text("city"));
    }

    [Theory]
    [InlineData("""{"first_name":7}""", "first_name")]
    [InlineData("""{"city":"1234567890123456789012345"}""", "city")]
    [InlineData("""{"company":"a\nb"}""", "company")]
    [InlineData("""{"email":"nobody"}""", "email")]
    [InlineData("""{"email":""}""", "email")]
    [InlineData("""{"country":"gb"}""", "country")]
    [InlineData("""{"country":"GBR"}""", "country")]
    [InlineData("""{"zip":"1234567890"}""", "zip")]
    [InlineData("""{"zip":"<b>"}""", "zip")]
    [InlineData("""{"country":"US"}""", "zip")]
    [InlineData("""{"country":"US","zip":"SW1Y 4JH"}""", "zip")]
    [InlineData("""{"country":"US","zip":"19102-12"}""", "zip")]
    [InlineData("""{"country":"CA","state":"Ontario"}""", "state")]
    [InlineData("""{"first_name":[],"last_name":{},"phone":true}""", "first_name,last_name,phone")]
    public async Task What_is_wrong_is_told_by_field_and_changes_nothing(string body, string fields)
    {
        var token = await _server.TokenAsync();
        var before = (await _server.CallAsync(token, "GET", Account)).Body;
        Assert.Equal(fields, (await _server.CallAsync(token, "PUT", Account, body)).Fields());
        Assert.Equal(before, (await _server.CallAsync(token, "GET", Account)).Body);
    }

    [Fact]
    public async Task Parts_have_to_fit_what_is_there_already()
    {
        var token = await _server.TokenAsync();
        (await _server.CallAsync(token, "PUT", Account, new { zip = "19102-1234", state = "PA" })).Expect(HttpStatusCode.OK);
        (await _server.CallAsync(token, "PUT", Account, new { country = "US" })).Expect(HttpStatusCode.OK);
        Assert.Equal("zip", (await _server.CallAsync(token, "PUT", Account, new { zip = "SW1Y 4JH" })).Fields());
        Assert.Equal("state", (await _server.CallAsync(token, "PUT", Account, new { state = "Pennsylvania" })).Fields());
        (await _server.CallAsync(token, "PUT", Account, new { city = "Philadelphia" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Settings_keep_what_new_machines_begin_with_and_nothing_else()
    {
        var token = await _server.TokenAsync();
        const string Settings = "/v4/account/settings";
        Assert.Equal(
            """{"backups_enabled":false,"network_helper":true,"managed":false,"longview_subscription":null,"object_storage":"disabled"}""",
            (await _server.CallAsync(token, "GET", Settings)).Body);
        var changed = await _server.CallAsync(token, "PUT", Settings, new { backups_enabled = true, managed = true, object_storage = "active", longview_subscription = "longview-100" });
        changed.Expect(HttpStatusCode.OK);
        Assert.Equal(
            """{"backups_enabled":true,"network_helper":true,"managed":false,"longview_subscription":null,"object_storage":"disabled"}""", changed.Body);
        Assert.Equal("backups_enabled,network_helper", (await _server.CallAsync(token, "PUT", Settings, """{"backups_enabled":1,"network_helper":"no"}""")).Fields());
        Assert.Equal(changed.Body, (await _server.CallAsync(token, "GET", Settings)).Body);
        Assert.Contains("\"backups_enabled\":false", (await _server.CallAsync(await _server.OtherTokenAsync(), "GET", Settings)).Body);
    }

    [Fact]
    public async Task Nothing_is_measured_and_nothing_is_under_repair()
    {
        var token = await _server.TokenAsync();
        Assert.Equal("""{"used":0,"quota":0,"billable":0}""", (await _server.CallAsync(token, "GET", "/v4/account/transfer")).Body);
        var maintenance = await _server.CallAsync(await _server.TokenAsync("linodes:read_only"), "GET", "/v4/account/maintenance", filter: """{"status":{"+or":["pending","started"]}}""");
        Assert.Equal("""{"data":[],"page":1,"pages":1,"results":0}""", maintenance.Body);
    }
}
