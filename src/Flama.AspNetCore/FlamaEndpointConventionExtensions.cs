using Flama;
using Flama.AspNetCore;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives endpoints of an application's own what those of models have.</summary>
public static class FlamaEndpointConventionExtensions
{
    /// <summary>
    /// Answers what fails as endpoints of models do, with <c>application/problem+json</c>: a <see cref="FlamaException"/> by its code, a body that cannot be bound with the name of the
    /// member. The OpenAPI document says so. Not needed behind <c>UseFlamaErrors</c> but for the document.
    /// </summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">Endpoints.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder WithFlamaErrors<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint => endpoint.Metadata.Add(ResourceOperation.Instance));
        builder.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } handler)
            {
                var errors = HttpServices.Of(endpoint.ApplicationServices, nameof(WithFlamaErrors)).Errors;
                endpoint.RequestDelegate = context => AnswerAsync(context, handler, errors);
            }
        });
        return builder;
    }

    /// <summary>
    /// Asks for credentials where the application has keys or tokens for its models, and for nothing where it has none. Endpoints with <c>RequireAuthorization</c> or
    /// <c>AllowAnonymous</c> of their own stay as they are.
    /// </summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">Endpoints.</param>
    /// <param name="policy">The policy, such as <see cref="ApiKeyDefaults.PredictPolicy"/>.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>A key for some models only is not enough: the endpoints belong to none of them.</remarks>
    public static TBuilder RequireFlamaKeys<TBuilder>(this TBuilder builder, string policy = ApiKeyDefaults.PredictPolicy)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(policy);
        builder.Finally(endpoint =>
        {
            if (!endpoint.Metadata.Any(item => item is IAuthorizeData or IAllowAnonymous) && HttpServices.Of(endpoint.ApplicationServices, nameof(RequireFlamaKeys)).Keys.IsOn)
            {
                endpoint.Metadata.Add(new AuthorizeAttribute(policy));
            }
        });
        return builder;
    }

    /// <summary>Limits the bodies of requests; a larger one is answered with 413.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">Endpoints.</param>
    /// <param name="maxBytes">The most bytes, 1 or more.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, long maxBytes)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        builder.Add(endpoint => endpoint.Metadata.Add(new BodyLimit(maxBytes)));
        return builder;
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate handler, ErrorResponder errors)
    {
        try
        {
            await handler(context);
        }
        catch (FlamaException failure)
        {
            await errors.RespondAsync(context, failure);
        }
        catch (BadHttpRequestException failure)
        {
            await errors.RespondAsync(context, (Exception?)BindingProblem.Of(failure) ?? failure);
        }
    }
}
