using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InstallOnLinode.Tests;

/// <summary>The page with the form.</summary>
public sealed class HomeTests
{
    [Fact]
    public async Task The_form_offers_what_the_public_lists_and_the_stackscript_allow()
    {
        await using var visit = await Visit.StartAsync();

        var page = await visit.Browser.OpenAsync("/");

        Assert.Equal(["eu-west", "us-east"], Offered(page, "region"));
        Assert.Equal(["g6-nanode-1", "g6-standard-1"], Offered(page, "type"));
        Assert.Equal(["linode/debian12", "linode/ubuntu24.04"], Offered(page, "image"));
        Assert.Equal(["light", "dark"], Offered(page, "udf-theme"));
        Assert.Equal("password", page.QuerySelector("[name=udf-admin_password]")!.GetAttribute("type"));
        Assert.Equal(3, page.QuerySelectorAll("[name=udf-extras]").Length);
    }

    [Fact]
    public async Task Every_field_has_its_label()
    {
        await using var visit = await Visit.StartAsync();

        var page = await visit.Browser.OpenAsync("/");

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.All(
            page.QuerySelectorAll("select, input:not([type=hidden])"),
            field => Assert.True(field.ParentElement!.LocalName == "label" || page.QuerySelector($"label[for='{field.Id}']") is not null, field.OuterHtml));
    }

    [Theory]
    [InlineData("region", "moon")]
    [InlineData("type", null)]
    [InlineData("image", "linode/alpine3.20")]
    [InlineData("udf-title", "")]
    [InlineData("udf-theme", "neon")]
    [InlineData("udf-extras", "search,mining")]
    public async Task An_order_that_was_not_offered_is_shown_again(string field, string? value)
    {
        await using var visit = await Visit.StartAsync();

        var answer = await visit.Browser.OrderAsync((field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await Browser.ReadAsync(answer);
        Assert.Single(page.QuerySelectorAll(".wrong"));
        Assert.NotNull(page.QuerySelector($".wrong [name={field}]"));
        Assert.Empty(visit.Linode.Authorizations);
        Assert.Equal(field == "udf-title" ? "" : "Notes & <b>", page.QuerySelector("[name=udf-title]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        await using var visit = await Visit.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await visit.Browser.OrderAsync(("__RequestVerificationToken", null))).StatusCode);
    }

    [Fact]
    public async Task While_linode_does_not_answer_the_page_says_so()
    {
        await using var visit = await Visit.StartAsync();
        visit.Linode.ListStatus = 500;

        var answer = await visit.Browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Try again", (await Browser.ReadAsync(answer)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_stackscript_it_is_a_plain_linode_with_any_public_image()
    {
        await using var visit = await Visit.StartAsync(b => b.Configuration["InstallOnLinode:StackScriptId"] = null);

        var page = await visit.Browser.OpenAsync("/");

        Assert.Equal(3, Offered(page, "image").Count());
        Assert.Empty(page.QuerySelectorAll("[name^=udf-]"));
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/site.css", 200)]
    [InlineData("/icon.svg", 200)]
    [InlineData("/cancelled", 400)]
    [InlineData("/install/00", 404)]
    [InlineData("/nowhere", 404)]
    [Spec("LO-10")]
    public async Task Every_answer_forbids_scripts_frames_and_other_hosts(string path, int status)
    {
        await using var visit = await Visit.StartAsync();

        var answer = await visit.Browser.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains($"form-action 'self' {visit.Linode.Url.GetLeftPart(UriPartial.Authority)}", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ClientSecret", null, "ClientSecret")]
    [InlineData("LoginServer", "http://login.example.com", "https")]
    [InlineData("ApiServer", "ftp://api.example.com", "https")]
    public async Task A_setting_that_is_missing_or_unsafe_stops_the_start_with_what_to_do(string setting, string? value, string said)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => Visit.StartAsync(b => b.Configuration[$"InstallOnLinode:{setting}"] = value));

        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_the_app_are_kept_in_memory_and_not_in_the_home_folder()
    {
        await using var visit = await Visit.StartAsync();

        using var ordered = await visit.Browser.OrderAsync();

        var keys = visit.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository;
        Assert.NotNull(keys);
        Assert.StartsWith("InstallOnLinode.", keys.GetType().FullName, StringComparison.Ordinal);
        Assert.Single(keys.GetAllElements());
    }

    private static IEnumerable<string> Offered(IParentNode page, string name) =>
        page.QuerySelectorAll($"[name={name}] option").Select(o => o.GetAttribute("value")!).Where(v => v.Length > 0);
}
