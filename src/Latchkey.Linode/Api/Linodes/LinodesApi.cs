namespace Latchkey.Linode;

/// <summary>What stands below <c>/linode</c>.</summary>
public sealed class LinodesApi
{
    internal LinodesApi(ApiCalls calls)
    {
        Instances = new InstancesApi(calls);
        Types = new LinodeTypesApi(calls);
        StackScripts = new StackScriptsApi(calls);
    }

    /// <summary>The person's Linodes.</summary>
    public InstancesApi Instances { get; }

    /// <summary>The plans.</summary>
    public LinodeTypesApi Types { get; }

    /// <summary>Scripts that new Linodes run.</summary>
    public StackScriptsApi StackScripts { get; }
}
