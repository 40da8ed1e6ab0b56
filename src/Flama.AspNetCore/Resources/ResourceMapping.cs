using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Flama.AspNetCore.Resources;

/// <summary>Maps a resource: the built-ins of its model, and its own methods.</summary>
/// <param name="type">The resource's class.</param>
/// <param name="make">Makes the object of a request.</param>
/// <param name="shown">An object to read properties of.</param>
/// <param name="services">What all endpoints share.</param>
[RequiresUnreferencedCode(Reason)]
[RequiresDynamicCode(Reason)]
internal sealed class ResourceMapping(
    [DynamicallyAccessedMembers(ResourceMapping.Members)] Type type, Func<IServiceProvider, ModelResource> make, ModelResource shown, HttpServices services)
{
    public const string Reason = "Parameters and answers of a resource's methods are bound by reflection when it is mapped, as those of minimal APIs are.";
    public const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

    private static readonly string[] WithoutBody = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Delete, HttpMethods.Options, HttpMethods.Trace, HttpMethods.Connect];

    private readonly IReadOnlyList<ResourceMethod> methods = ResourceMethod.Of(type);

    /// <summary>Maps it to a path.</summary>
    public RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string pattern, ServedModel served)
    {
        ModelRoute route = new(ModelUrl.Normalize(pattern), shown.Name, served) { Tag = shown.VerboseName };
        using (var lease = route.Acquire())
        {
            CheckArtifacts(lease.Loaded);
        }

        served.Replacing += CheckArtifacts;
        services.Routes.Add(endpoints, route);
        var group = endpoints.MapGroup(string.Empty);
        ModelMapping.Map(group, route, services, IsBuiltIn);
        foreach (var method in methods)
        {
            MapMethod(group, route, method);
        }

        return group;
    }

    // A method of the resource's own at the same place comes first.
    private bool IsBuiltIn(string name)
    {
        var (verb, path) = name == ModelMapping.Inspect ? (HttpMethods.Get, "/") : (HttpMethods.Post, $"/{name}/");
        return shown.Maps(name) && !methods.Any(method => method.IsAt(verb, path));
    }

    private void CheckArtifacts(LoadedModel loaded)
    {
        foreach (var required in type.GetCustomAttributes<RequiresArtifactAttribute>())
        {
            if (loaded.Artifacts is null || !loaded.Artifacts.TryGet(required.Name, out _))
            {
                throw new FlamaException(
                    ErrorCodes.ArtifactNotFound,
                    $"'{type.Name}' needs the artifact '{required.Name}', and its model has {(loaded.Artifacts is { Count: > 0 } others ? $"only {string.Join(", ", others.Names)}" : "none")}.",
                    $"Package the model with it: flama package MODEL --artifact {required.Name}.");
            }
        }
    }

    private void MapMethod(RouteGroupBuilder group, ModelRoute route, ResourceMethod method)
    {
        ResourceEndpoint endpoint = new(route, make, services.Options.ModelHeaders, services.Errors);
        var url = $"{route.Url.TrimEnd('/')}{method.Path}";
        var inferred = Bind(group, endpoint, method, url);
        object[] said = [.. type.GetCustomAttributes(inherit: true), .. method.Method.GetCustomAttributes(inherit: true)];
        var mapped = group.MapMethods(url, method.Verbs, endpoint.HandleAsync).WithDisplayName($"{route.Name}: {method.Method.Name}");
        RequestTimeouts.Limit(mapped, services.Options.RequestTimeout);

        // What class and method say counts more than the limits of built-ins.
        mapped.WithMetadata([method.Method, ResourceOperation.Instance, new BodyLimit(services.Options.MaxRequestBodyBytes), .. said, .. inferred]);
        Describe(mapped, route, method, said);
        if (!said.Any(item => item is IAuthorizeData or IAllowAnonymous))
        {
            services.Keys.Protect(mapped, ApiKeyDefaults.PredictPolicy, route.Served.Name);
        }
    }

    private IReadOnlyList<object> Bind(RouteGroupBuilder group, ResourceEndpoint endpoint, ResourceMethod method, string url)
    {
        try
        {
            RequestDelegateFactoryOptions options = new()
            {
                ServiceProvider = ((IEndpointRouteBuilder)group).ServiceProvider,
                RouteParameterNames = RoutePatternFactory.Parse(url).Parameters.Select(parameter => parameter.Name),
                ThrowOnBadRequest = true,
                DisableInferBodyFromParameters = method.Verbs.All(verb => WithoutBody.Contains(verb)),
            };
            var inferred = RequestDelegateFactory.InferMetadata(method.Method, options);
            endpoint.Handler = RequestDelegateFactory.Create(method.Method, method.Method.IsStatic ? null : endpoint.ResourceOf, options, inferred).RequestDelegate;
            return inferred.EndpointMetadata;
        }
        catch (Exception failure) when (failure is InvalidOperationException or NotSupportedException or ArgumentException or RoutePatternException)
        {
            throw ResourceMethod.Wrong(
                type, method.Method, $"cannot answer '{string.Join(", ", method.Verbs)} {url}': {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}",
                "Parameters are those of minimal APIs: from route, query, header, body or services.", failure);
        }
    }

    private static void Describe(IEndpointConventionBuilder mapped, ModelRoute route, ResourceMethod method, object[] said)
    {
        var attribute = method.Attribute;
        var comment = XmlComment.Of(method.Method);
        if (attribute.Name is { Length: > 0 } name)
        {
            mapped.WithName(name);
        }

        if (attribute.Tags is not null || !said.Any(item => item is ITagsMetadata))
        {
            mapped.WithTags(attribute.Tags ?? [route.Tag]);
        }

        if (attribute.Summary is not null || !said.Any(item => item is IEndpointSummaryMetadata))
        {
            mapped.WithSummary(attribute.Summary ?? comment?.Summary ?? method.Method.Name);
        }

        if ((attribute.Description ?? (said.Any(item => item is IEndpointDescriptionMetadata) ? null : comment?.Remarks)) is { } description)
        {
            mapped.WithDescription(description);
        }
    }
}
