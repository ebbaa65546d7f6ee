/** The glue of syumai/workers; build.sh puts this beside it. */
declare const glue: {
  scheduled(event: object, env: object, ctx: object): Promise<void>;
  fetch(request: Request, env: object, ctx: object): Promise<Response>;
};
export default glue;
