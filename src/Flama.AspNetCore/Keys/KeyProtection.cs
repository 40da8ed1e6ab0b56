using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Keys;

/// <summary>Puts endpoints behind keys, where the application has any.</summary>
internal sealed class KeyProtection(IServiceProvider host)
{
    // Read here already: a file that cannot be read stops the start rather than the first request.
    private readonly bool isOn = host.GetService<ApiKeyStore>() is not null;

    /// <summary>Protects an endpoint of a model.</summary>
    public void Protect(IEndpointConventionBuilder endpoint, string policy, string model)
    {
        if (isOn)
        {
            endpoint.WithMetadata(new AuthorizeAttribute(policy), new ProtectedModel(model));
        }
    }

    /// <summary>Protects an endpoint that belongs to all models.</summary>
    public void Protect(IEndpointConventionBuilder endpoint, string policy)
    {
        if (isOn)
        {
            endpoint.WithMetadata(new AuthorizeAttribute(policy));
        }
    }
}
