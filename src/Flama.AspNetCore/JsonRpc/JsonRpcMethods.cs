using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flama.AspNetCore.JsonRpc;

namespace Flama.AspNetCore;

/// <summary>The methods of an endpoint of JSON-RPC. Parameters and results are read and written as <c>ConfigureHttpJsonOptions</c> says.</summary>
public sealed class JsonRpcMethods
{
    private readonly Dictionary<string, JsonRpcMethod> methods = new(StringComparer.Ordinal);
    private readonly JsonSerializerOptions json;

    internal JsonRpcMethods(JsonSerializerOptions json) => this.json = json;

    internal IReadOnlyDictionary<string, JsonRpcMethod> All => methods;

    /// <summary>Adds a method.</summary>
    /// <typeparam name="TParams">
    /// What <c>params</c> is read as: a list for a list of values, else a type whose properties are the parameters; then parameters by position are taken in the order of the properties.
    /// </typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="name">The name, each once; <c>rpc.</c> in front is the protocol's own.</param>
    /// <param name="method">The method. Throws <see cref="JsonRpcException"/> for errors of its own; a <see cref="FlamaException"/> is answered with its code and remedy.</param>
    /// <returns>The same methods.</returns>
    /// <exception cref="ArgumentException">There is a method of that name.</exception>
    public JsonRpcMethods Add<TParams, TResult>(string name, Func<TParams, JsonRpcCall, TResult> method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Add<TParams, TResult>(name, (parameters, call) => Task.FromResult(method(parameters, call)));
    }

    /// <inheritdoc cref="Add{TParams, TResult}(string, Func{TParams, JsonRpcCall, TResult})"/>
    public JsonRpcMethods Add<TParams, TResult>(string name, Func<TParams, JsonRpcCall, Task<TResult>> method)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(method);
        var (taken, given) = ((JsonTypeInfo<TParams>)json.GetTypeInfo(typeof(TParams)), (JsonTypeInfo<TResult>)json.GetTypeInfo(typeof(TResult)));
        methods.Add(name, async (parameters, call) =>
        {
            var result = await method(JsonRpcParameters.Read(parameters, taken), call);
            return JsonSerializer.SerializeToElement(result, given);
        });
        return this;
    }
}
