using System.Text.Json;

namespace Flama.AspNetCore.JsonRpc;

/// <summary>Runs a method.</summary>
/// <param name="parameters">What the call has as <c>params</c>; undefined for nothing.</param>
/// <param name="call">The call.</param>
internal delegate Task<JsonElement> JsonRpcMethod(JsonElement parameters, JsonRpcCall call);
