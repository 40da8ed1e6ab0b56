using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Calls;

/// <summary>A method of a model as other protocols describe and call it.</summary>
/// <param name="Name">The method.</param>
/// <param name="Summary">What it does, in a few words.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Input">The schema of its request, an object; not to be changed.</param>
/// <param name="Output">The schema of its answer, an object; null where that is not known yet. Not to be changed.</param>
/// <param name="Query">The query of the request that is answered so.</param>
/// <param name="Endpoint">What answers where no path of the application does.</param>
internal sealed record CalledMethod(string Name, string Summary, string Description, JsonNode Input, JsonNode? Output, string Query, RequestDelegate Endpoint);
