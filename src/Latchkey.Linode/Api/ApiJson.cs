using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>How the API's JSON is read and written: snake case, unknown members passed over, no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(LinodeTime), typeof(ScopeText), typeof(InstanceStatusConverter), typeof(OAuthClientStatusConverter),
        typeof(RootPasswordConverter), typeof(CreatedPersonalTokenConverter), typeof(GivenSecret),
    ])]
[JsonSerializable(typeof(Page<Region>))]
[JsonSerializable(typeof(Page<LinodeType>))]
[JsonSerializable(typeof(Page<Image>))]
[JsonSerializable(typeof(Page<StackScript>))]
[JsonSerializable(typeof(Page<Instance>))]
[JsonSerializable(typeof(Page<PersonalToken>))]
[JsonSerializable(typeof(Page<AuthorizedApp>))]
[JsonSerializable(typeof(Page<SshKey>))]
[JsonSerializable(typeof(Page<OAuthClient>))]
[JsonSerializable(typeof(Region))]
[JsonSerializable(typeof(LinodeType))]
[JsonSerializable(typeof(Image))]
[JsonSerializable(typeof(StackScript))]
[JsonSerializable(typeof(Instance))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(PersonalToken))]
[JsonSerializable(typeof(CreatedPersonalToken))]
[JsonSerializable(typeof(AuthorizedApp))]
[JsonSerializable(typeof(SshKey))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(OAuthClient))]
[JsonSerializable(typeof(CreateInstanceRequest))]
[JsonSerializable(typeof(UpdateInstanceRequest))]
[JsonSerializable(typeof(UpdateProfileRequest))]
[JsonSerializable(typeof(CreateTokenRequest))]
[JsonSerializable(typeof(CreateSshKeyRequest))]
[JsonSerializable(typeof(LabelRequest))]
[JsonSerializable(typeof(CreateOAuthClientRequest))]
[JsonSerializable(typeof(UpdateOAuthClientRequest))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
