// Clients of what NSwag makes of the documents, with its defaults.
using CustomApi;
using ServedModels;

using var http = new HttpClient();
XorClient xor = new(http) { BaseUrl = args[0] };
var answer = await xor.PredictAsync([XorMLModelInclude.Probabilities], new XorMLModelInput { Input = [[0, 1], [1, 1]] });
Check(answer.Output.Count == 2 && answer.Probabilities.First().Count == 2, "xor predict");
ICollection<ICollection<double?>> probabilities = (await xor.Predict_probaAsync(new XorMLModelInput { Input = [[0, 1]] })).Output;
Check(probabilities.Single().Sum() is > 0.999 and < 1.001, "xor predict_proba");

ICollection<object> walker = [10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78];
ServedModels.ChurnClient churn = new(http) { BaseUrl = args[0] };
var left = await churn.PredictAsync(null, new ChurnMLModelInput { Input = [walker] });
Check(left.Output.Count == 1, "churn predict");
Check((await churn.InspectAsync()).Meta.Model.Obj == "Pipeline", "churn inspect");

TextClient text = new(http) { BaseUrl = args[0] };
Check((await text.PredictAsync(null, new TextMLModelInput { Input = ["an example text"] })).Output.Count == 1, "text predict");

try
{
    await xor.PredictAsync(null, new XorMLModelInput { Input = [[0, 1, 2]] });
    Check(false, "three features of two");
}
catch (ServedModels.ApiException<ServedModels.APIError> refused)
{
    Check(refused.Result.Status_code == 400, "an error has the type of errors");
}

Client custom = new(http) { BaseUrl = args[1] };
Check((await custom.ModelPredictLossAsync(new Customers { Input = new[] { walker } })).Output.Single() == 5212.2945950392195, "a method of a resource's own");
Check((await new CustomApi.ChurnClient(http) { BaseUrl = args[1] }.PredictAsync(null, new MLModelInput { Input = [walker] })).Output.Single() == 0, "a built-in of a resource");

Console.WriteLine("csharp: predict, predict_proba, include and inspect of a typed client, and a method of a custom API");

static void Check(bool condition, string what)
{
    if (!condition)
    {
        throw new InvalidOperationException(what);
    }
}
