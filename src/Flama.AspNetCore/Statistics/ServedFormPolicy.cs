using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Flama.AspNetCore.Statistics;

/// <summary>Routes browsers to the page and programs to the figures, by <c>Accept</c>. Looks at no other path.</summary>
internal sealed class ServedFormPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    // After the methods are told apart.
    private const int AfterMethods = 1000;

    public override int Order => AfterMethods;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<ServedForm>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var wantsPage = httpContext.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Endpoint.Metadata.GetMetadata<ServedForm>() is { } form && form.IsPage != wantsPage)
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }
}
