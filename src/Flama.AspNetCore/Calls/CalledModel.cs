using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Calls;

/// <summary>A model of an application as other protocols describe and call it, at one moment.</summary>
/// <param name="Name">The name it is served by.</param>
/// <param name="Title">What it is called: its class, or the model where that is not told.</param>
/// <param name="Id">Its id; null for one that was never loaded, whose methods are not known.</param>
/// <param name="Version">Its version; likewise.</param>
/// <param name="Origin">What it is a model of: the <see cref="Hosting.ServedModel"/>, or the <see cref="Hosting.Repository.ModelRepository"/>.</param>
/// <param name="Place">What routing would find in its path.</param>
/// <param name="Inspect">Shows it where no path of the application does.</param>
/// <param name="Methods">Its methods.</param>
internal sealed record CalledModel(string Name, string Title, string? Id, string? Version, object Origin, RouteValueDictionary Place, RequestDelegate Inspect, IReadOnlyList<CalledMethod> Methods)
{
    /// <summary>Whether it was loaded once, so that its methods are known.</summary>
    public bool IsKnown => Id is not null;

    /// <summary>Whether another is the very same model, or nothing is known of either.</summary>
    public bool IsSame(CalledModel other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal) && (ReferenceEquals(Methods, other.Methods) || (!IsKnown && !other.IsKnown));
}
