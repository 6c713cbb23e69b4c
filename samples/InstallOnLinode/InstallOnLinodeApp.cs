using InstallOnLinode.Home;
using InstallOnLinode.Install;
using InstallOnLinode.Layout;
using InstallOnLinode.Login;
using Latchkey.AspNetCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace InstallOnLinode;

/// <summary>
/// "Install on Linode": a page where anybody with a Linode account gets this app's software on a Linode of their own.
/// The visitor chooses, logs in at Linode, agrees, and sees the Linode that was created for them.
/// </summary>
public static class InstallOnLinodeApp
{
    /// <summary>Where Linode sends the browser back to: register <c>http://localhost:5082/oauth/callback</c>.</summary>
    public const string CallbackPath = LinodeDefaults.CallbackPath;

    /// <summary>The app as configured by environment, user secrets and command line.</summary>
    public static WebApplication Build(string[] args) => Build(builder =>
    {
        builder.Configuration.AddCommandLine(args, new Dictionary<string, string>
        {
            ["--client-id"] = $"{InstallOnLinodeOptions.Section}:ClientId",
            ["--login-server"] = $"{InstallOnLinodeOptions.Section}:LoginServer",
            ["--api-server"] = $"{InstallOnLinodeOptions.Section}:ApiServer",
            ["--stackscript"] = $"{InstallOnLinodeOptions.Section}:StackScriptId",
        });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls("http://localhost:5082");
        }
    });

    /// <summary>The app inside another process, which says what it needs: options, addresses, logging.</summary>
    public static WebApplication Build(Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(InstallOnLinodeApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddOptions<InstallOnLinodeOptions>()
            .BindConfiguration(InstallOnLinodeOptions.Section)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<InstallOnLinodeOptions>, InstallOnLinodeOptionsCheck>();
        configure(builder);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(o => o.Cookie.Name = "install-on-linode-csrf");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeysInMemory>();
        // It warns that keys lie unencrypted where they are kept, which here is the memory they are used in.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // It writes down every address, and the one that Linode sends the visitor back to holds the code and the state.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.AddSingleton<Orders>();
        builder.Services.AddSingleton<Installer>();
        builder.Services.AddSingleton<Storefront>();
        builder.AddLogInWithLinode();

        var app = builder.Build();
        app.UseExceptionHandler("/sorry");
        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseAntiforgery();
        app.MapHome();
        app.MapInstall();
        app.MapLayout();
        return app;
    }
}
