import createClient from "openapi-fetch";
import type { paths } from "./all.js";
import type { paths as customPaths } from "./custom.js";

// Clients of what openapi-typescript makes of the documents: they compile only where the types are right.
function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

const url = process.argv[2];
const client = createClient<paths>({ baseUrl: url });

const xor = await client.POST("/xor/predict/", { body: { input: [[0, 1], [1, 1]] }, params: { query: { include: ["probabilities", "classes"] } } });
if (xor.error) throw new Error(xor.error.detail);
const labels: number[] = xor.data.output;
const probability: number | null | undefined = xor.data.probabilities?.[0]?.[1];
check(labels.length === 2 && typeof probability === "number" && xor.data.classes?.length === 2, JSON.stringify(xor.data));

const proba = await client.POST("/xor/predict_proba/", { body: { input: [[0, 1]] } });
if (proba.error) throw new Error(proba.error.detail);
const rows: (number | null)[][] = proba.data.output;
check(rows.length === 1 && rows[0].length === 2, JSON.stringify(proba.data));

const churn = await client.POST("/churn/predict/", { body: { input: [[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]] } });
if (churn.error) throw new Error(churn.error.detail);
check(churn.data.output.length === 1, JSON.stringify(churn.data));

const text = await client.POST("/text/predict/", { body: { input: ["an example text"] } });
check(text.data?.output.length === 1, JSON.stringify(text.error));

const multi = await client.POST("/multi/predict_proba/", { body: { input: [[0, 0, 0, 0]] } });
check(multi.data?.output.length === 2, JSON.stringify(multi.error));

const model = await client.GET("/churn/");
const name: string | undefined = model.data?.meta.model.obj;
check(name === "Pipeline", JSON.stringify(model.error));

const wrong = await client.POST("/xor/predict/", { body: { input: [[0, 1]], other: 1 } as never, params: { query: { include: ["nonsense" as never] } } });
check(wrong.error?.status_code === 400, "an error has the type of errors");
const custom = createClient<customPaths>({ baseUrl: process.argv[3] });
const rows13: (number | string)[][] = [[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]];
const loss = await custom.POST("/churn/loss/", { body: { input: rows13 } });
if (loss.error) throw new Error(loss.error.detail);
const losses: number[] | null = loss.data.output;
check(losses?.[0] === 5212.2945950392195, JSON.stringify(loss.data));
const stays = await custom.POST("/churn/predict/", { body: { input: rows13 } });
check(stays.data?.output[0] === 0, JSON.stringify(stays.error));
console.log("typescript: predict, predict_proba, include and inspect of a typed client");
