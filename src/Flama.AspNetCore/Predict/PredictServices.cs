using Flama.AspNetCore.Errors;

namespace Flama.AspNetCore.Predict;

/// <summary>What every predict endpoint of an application shares.</summary>
internal sealed record PredictServices(PredictRequestReader Reader, PredictResponseWriter Writer, ErrorResponder Errors, TimeProvider Time);
