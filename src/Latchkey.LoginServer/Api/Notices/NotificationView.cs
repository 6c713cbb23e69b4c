using Latchkey.LoginServer.Api.Events;
using Latchkey.Protocol;
using Latchkey.Storage.Accounts;

namespace Latchkey.LoginServer.Api.Notices;

/// <summary>Something the user should know of for as long as it lasts.</summary>
internal sealed record NotificationView(string Type, string Severity, string Label, string Message, EventEntity? Entity)
{
    public static readonly FilterFields<NotificationView> Fields = new FilterFields<NotificationView>()
        .Text("type", n => n.Type)
        .Text("severity", n => n.Severity)
        .Text("label", n => n.Label);

    public string? Body { get; }

    public DateTimeOffset? When { get; }

    public DateTimeOffset? Until { get; }

    /// <summary>An address that was changed here has been proven by nobody; whoever did not change it finds out this way.</summary>
    public static IEnumerable<NotificationView> Of(UserProfile user)
    {
        if (!user.EmailConfirmed)
        {
            yield return new NotificationView(
                "notice",
                "minor",
                "Your e-mail address is not confirmed",
                $"The address {user.Email} was entered for this account and has not been confirmed.",
                new EventEntity(null, user.UserName, "profile", "/v4/profile"));
        }
    }
}
