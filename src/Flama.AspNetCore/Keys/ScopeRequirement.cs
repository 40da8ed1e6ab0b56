using Microsoft.AspNetCore.Authorization;

namespace Flama.AspNetCore.Keys;

/// <summary>A caller needs a scope, and where the endpoint is a model's, for that model.</summary>
internal sealed class ScopeRequirement(string scope) : IAuthorizationRequirement
{
    public string Scope => scope;
}
